package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/semcut/semcut/commitparse/lint"
)

// junitSuites is a report of tests as JUnit writes it: a message is a test.
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
	Skipped *struct{}     `xml:"skipped,omitempty"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func writeLintJUnit(a *app, r *lintReport) error {
	suite := junitSuite{Name: "semcut lint", Tests: len(r.results)}
	for _, one := range r.results {
		header, _, _ := strings.Cut(strings.TrimLeft(one.text, "\r\n"), "\n")
		c := junitCase{Class: "semcut.lint", Name: strings.TrimSpace(one.name() + " " + oneLine(header)), Output: problemLines(one.Warnings)}
		if one.Ignored {
			c.Skipped = &struct{}{}
			suite.Skipped++
		}
		if len(one.Errors) > 0 {
			c.Failure = &junitFailure{oneLine(one.Errors[0].Text), problemLines(one.Errors)}
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(a.Out, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(a.Out)
	enc.Indent("", "  ")
	if err := enc.Encode(junitSuites{Suite: suite}); err != nil {
		return err
	}
	_, err := io.WriteString(a.Out, "\n")
	return err
}

func problemLines(problems []lint.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%d:%d %s [%s]\n", p.Line, p.Col, oneLine(p.Text), p.Rule)
	}
	return b.String()
}
