package github

import (
	"net/url"
	"strings"

	"github.com/semcut/semcut/internal/lazyregexp"
)

// mention is what GitHub makes a mention of: it notifies whoever is called so.
var mention = lazyregexp.New(`@([A-Za-z0-9])`)

// muted is a text in Markdown that mentions nobody and hides nothing: somebody else wrote it, and we send it.
func muted(text string) string {
	return strings.ReplaceAll(mention.ReplaceAllString(text, "@\u200b$1"), "<!--", "&lt;!--")
}

var markup = lazyregexp.New("[\\\\`*_{}\\[\\]<>()#+!|~&]")

// plainText is a text that Markdown and HTML show as it is, in one line, and that mentions nobody.
func plainText(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return mention.ReplaceAllString(markup.ReplaceAllString(text, `\$0`), "@\u200b$1")
}

// link is a link in Markdown, or only the text where the address is none of the web.
func link(text, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return plainText(text)
	}
	return "[" + plainText(text) + "](" + strings.NewReplacer("(", "%28", ")", "%29").Replace(u.String()) + ")"
}

// fenced is a text in a fence that it can't leave, so that nothing in it is markup or a mention.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + text + "\n" + fence
}
