package config

// Sign says how a commit or a tag is signed.
type Sign string

// The ways to sign. SignAuto is git's own configuration and never means SignAPI.
const (
	SignAuto    Sign = "auto"
	SignNone    Sign = "none"
	SignOpenPGP Sign = "openpgp"
	SignSSH     Sign = "ssh"
	SignAPI     Sign = "api" // by the forge, which makes the commit; commits only
)

func setCommitSign(c *Config, t tree) error {
	value, err := t.oneOf(string(SignAuto), string(SignNone), string(SignOpenPGP), string(SignSSH), string(SignAPI))
	c.CommitSign = Sign(value)
	return err
}

func setTagSign(c *Config, t tree) error {
	if t.root.kind == textNode && t.root.text == string(SignAPI) {
		return t.errorf("write auto, none, openpgp or ssh", "tags can't be signed by the forge")
	}
	value, err := t.oneOf(string(SignAuto), string(SignNone), string(SignOpenPGP), string(SignSSH))
	c.TagSign, c.tagSign = Sign(value), t
	return err
}

// judgeTagSign refuses a signature on what has no room for one. It is asked when everything was read, since either key may
// stand first.
func judgeTagSign(c *Config) error {
	if c.TagAnnotated || c.TagSign != SignOpenPGP && c.TagSign != SignSSH {
		return nil
	}
	return c.tagSign.errorf("set tag.annotated to true, or take this out", "lightweight tags can't be signed, and tag.annotated is false")
}
