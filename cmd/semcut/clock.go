package main

import (
	"strconv"
	"time"
)

// now is the time of the run. SOURCE_DATE_EPOCH, the convention of reproducible builds, sets it.
func now(a *app) time.Time {
	if seconds, err := strconv.ParseInt(a.Env("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC()
	}
	return time.Now().UTC()
}
