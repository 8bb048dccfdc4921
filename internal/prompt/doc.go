// Package prompt asks a person on a terminal: to choose, to write a line or several, to say yes or no. It is the only
// door to the library that draws the questions.
//
// In accessible mode nothing is drawn over: questions are lines, and so are answers, which screen readers can follow.
package prompt
