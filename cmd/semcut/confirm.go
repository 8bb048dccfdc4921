package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
)

// confirm asks a person a question; only a clear yes is one.
func confirm(a *app, question string) (bool, error) {
	fmt.Fprintf(a.Err, "\n%s [y/N] \n", question)
	answer, err := bufio.NewReader(a.In).ReadString('\n')
	if errors.Is(err, context.Canceled) {
		return false, err
	}
	if err != nil && answer == "" {
		a.Log.Info("nothing was released")
		return false, nil
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	a.Log.Info("nothing was released")
	return false, nil
}
