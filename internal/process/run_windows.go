package process

import (
	"context"
	"os/exec"
	"syscall"
)

// shell hands the line to cmd.exe as it is: Go's own quoting is not what cmd.exe reads.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd.exe /D /S /C "` + line + `"`}
	return cmd
}

// group does nothing here: ending the shell is all that can be done without a job object.
func group(*exec.Cmd) {}

func killGroup(*exec.Cmd) {}
