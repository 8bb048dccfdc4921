// Package ciservice reads from the environment on which CI service a job runs, and what it is about: a branch, a pull
// request, a tag. It knows the services that env-ci 11 knows, which semantic-release asks, and answers as that does.
package ciservice
