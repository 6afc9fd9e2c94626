//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory gives the most memory that an ended process held, in bytes.
func peakMemory(state *os.ProcessState) float64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(usage.Maxrss)
	}
	return float64(usage.Maxrss) * 1024
}
