package program_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/program"
)

func TestFlags(t *testing.T) {
	parse := func(args ...string) (program.Options, error) {
		return program.ParseFlags(args, "1.2.3", time.Now(), time.Now, io.Discard)
	}
	for _, c := range []struct {
		args string
		says string
	}{
		{"--demo-orgs -1", "--demo-orgs must be from 0"},
		{"--demo-orgs 50001", "--demo-orgs must be from 0"},
		{"--nonsense", "nonsense"},
		{"open", "unknown argument"},
	} {
		if _, err := parse(strings.Fields(c.args)...); err == nil || program.IsAnswered(err) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.args, err)
		}
	}
	for args, says := range map[string]string{"--version": "orgdeck 1.2.3", "--help": "-data-dir"} {
		if _, err := parse(args); !program.IsAnswered(err) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", args, err)
		}
	}
	opts, err := parse("--demo", "--demo-orgs", "0", "--data-dir", "some/where", "--trace-startup")
	if err != nil || !opts.Demo || opts.DemoOrgs != 0 || !strings.HasSuffix(opts.DataDir, "some/where") || opts.DataDir[0] != '/' || opts.Trace == nil {
		t.Errorf("parsed %+v, %v", opts, err)
	}
}
