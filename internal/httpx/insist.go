package httpx

import (
	"context"
	"time"
)

// WriteTries is how often something that writes is tried, with a look in between at what came of it.
const WriteTries = 3

// Pause waits before the next such try: the given time, or where that is zero one, four, nine seconds.
func Pause(ctx context.Context, wait time.Duration, try int) error {
	if wait == 0 {
		wait = time.Duration(try*try) * time.Second
	}
	return sleep(ctx, wait)
}

// Insist does something that does no harm if it is done twice, until it works or an error says that another try is of
// no use: again is asked that.
func Insist(ctx context.Context, wait time.Duration, again func(error) bool, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		if err == nil || !again(err) || try == WriteTries {
			return err
		}
		if err := Pause(ctx, wait, try); err != nil {
			return err
		}
	}
}
