package keychain

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// insideBus says that the test runs in the child with a bus of its own.
	insideBus = "ORGDECK_TEST_INSIDE_BUS"
	// without lets a machine without a keyring pass, if a person says so.
	without = "ORGDECK_NO_KEYRING_TEST"
)

// TestSecretService talks to a real GNOME Keyring on a message bus of its own,
// in a home of its own.
func TestSecretService(t *testing.T) {
	if os.Getenv(insideBus) != "" {
		exercise(t, New(Options{}))
		return
	}
	needTools(t, "dbus-run-session", "gnome-keyring-daemon", "bash")
	// The password is a lone newline: the daemon refuses none at all.
	inBus(t, "TestSecretService", nil, `eval "$(echo | gnome-keyring-daemon --unlock --components=secrets)"; exec "$@"`)
}

// TestNoSecretService asks on a bus where nobody keeps secrets.
func TestNoSecretService(t *testing.T) {
	if os.Getenv(insideBus) != "" {
		k := New(Options{})
		if err := k.Probe(context.Background()); domain.CodeOf(err) != domain.CodeKeychain {
			t.Errorf("Probe: %v, want keychain", err)
		}
		if err := k.Set(context.Background(), "us:1", canary); domain.CodeOf(err) != domain.CodeKeychain || strings.Contains(err.Error(), canary) {
			t.Errorf("Set: %v, want keychain without the key", err)
		}
		return
	}
	needTools(t, "dbus-run-session", "bash")
	// A bus that starts no service by itself: what is not there stays away.
	config := filepath.Join(t.TempDir(), "bus.conf")
	if err := os.WriteFile(config, []byte(busConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	inBus(t, "TestNoSecretService", []string{"--config-file", config}, `exec "$@"`)
}

// needTools fails the test where the machine lacks a program, unless a person
// has said that it may.
func needTools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv(without) == "1" {
			t.Skipf("%s is not installed, and %s=1", name, without)
		}
		t.Fatalf("%s is not installed, so the real keychain cannot be tested. "+
			"Install it (make deps), or set %s=1 to go without.", name, without)
	}
}

// inBus runs one test of this binary again, on a bus and in a home of its own.
func inBus(t *testing.T, test string, options []string, script string) {
	t.Helper()
	home, run := t.TempDir(), t.TempDir()
	if err := os.Chmod(run, 0o700); err != nil { //nolint:gosec // a folder must be searchable
		t.Fatal(err)
	}
	arguments := append(options, "--", "bash", "-c", script, "_", os.Args[0], "-test.run", "^"+test+"$", "-test.v")
	child := exec.CommandContext(t.Context(), "dbus-run-session", arguments...)
	child.Env = append(environmentWithout("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"),
		"HOME="+home, "XDG_DATA_HOME="+filepath.Join(home, ".local", "share"), "XDG_RUNTIME_DIR="+run, insideBus+"=1")
	output, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS: "+test) {
		t.Fatalf("in its own session: %v\n%s", err, output)
	}
}

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`

// environmentWithout is the environment without some variables.
func environmentWithout(names ...string) (kept []string) {
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		drop := false
		for _, n := range names {
			drop = drop || n == name
		}
		if !drop {
			kept = append(kept, entry)
		}
	}
	return kept
}
