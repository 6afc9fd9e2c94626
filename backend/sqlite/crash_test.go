package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// crashChild names the cache that the test binary, started again by
// TestKilledWhileWriting, is to write to until it is killed.
const crashChild = "ORGDECK_TEST_CRASH_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashChild); path != "" {
		if err := writeForever(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	os.Exit(m.Run())
}

// crashOrgs is how many organizations the child writes in every round.
const crashOrgs = 60

// writeForever writes rounds that are each told on standard output once they
// are kept: a listing whose user caps are the round's number, then updates.
func writeForever(path string) error {
	ctx := context.Background()
	db, err := Open(ctx, path, Options{Now: func() time.Time { return start }})
	if err != nil {
		return err
	}
	if err := errors.Join(db.SaveAccount(ctx, acme), db.InterruptRuns(ctx)); err != nil {
		return err
	}
	for round := 1; ; round++ {
		if err := writeRound(ctx, db, round); err != nil {
			return err
		}
		fmt.Println(round)
	}
}

// writeRound does what a synchronisation does.
func writeRound(ctx context.Context, db *DB, round int) error {
	at := start.Add(time.Duration(round) * time.Minute)
	run := domain.SyncRun{Account: acme.ID, StartedAt: at, State: domain.SyncRunning, Phase: domain.PhaseListing}
	id, err := db.StartRun(ctx, run)
	if err != nil {
		return err
	}
	listed := listedOrgs(crashOrgs)
	updates := make([]domain.OrgUpdate, crashOrgs)
	for i := range listed {
		listed[i].MaxSystemUsers = &round
		updates[i] = fullUpdate(orgID(i), round*crashOrgs+i, at)
	}
	if _, err := db.ApplyListing(ctx, acme.ID, listed, at); err != nil {
		return err
	}
	if _, err := db.ApplyUpdates(ctx, acme.ID, updates); err != nil {
		return err
	}
	run.ID, run.FinishedAt, run.State, run.Phase = id, at, domain.SyncDone, domain.PhaseFinished
	return errors.Join(
		db.SaveRun(ctx, run),
		db.AppendActivity(ctx, domain.Activity{Account: acme.ID, At: at, Kind: domain.ActivityLaunch, Source: domain.SourceSync}),
		db.SaveLogoOriginal(ctx, acme.ID, orgID(round%crashOrgs), original(fmt.Sprint(round))),
		db.PruneLogos(ctx, acme.ID),
		// Now and then the whole file is rewritten.
		eraseSometimes(ctx, db, round),
	)
}

// eraseSometimes erases an account that is not there, which rewrites the file.
func eraseSometimes(ctx context.Context, db *DB, round int) error {
	if round%7 != 0 {
		return nil
	}
	return db.DeleteAccount(ctx, "us:nobody")
}

// TestKilledWhileWriting kills a writing program at random moments, again and
// again on the same file: nothing that it had told of is lost, and no half of
// anything is there.
func TestKilledWhileWriting(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "orgdeck.db")
	for kill := range 12 {
		told := killAfter(t, path, random.IntN(12), time.Duration(random.IntN(20_000))*time.Microsecond)
		db := openAt(t, path)
		if db.SetAside() != "" {
			t.Fatalf("kill %d: the file was damaged, kept as %s", kill, db.SetAside())
		}
		checkAfterKill(t, db, told)
		must(t, db.Close())
	}
}

// checkAfterKill compares what is kept with the last round the child told of.
func checkAfterKill(t *testing.T, db *DB, told int) {
	t.Helper()
	ctx := context.Background()
	must(t, db.InterruptRuns(ctx))
	must(t, db.Check(ctx))
	all, err := db.Organizations(ctx, acme.ID)
	must(t, err)
	if told == 0 {
		return
	}
	if len(all) != crashOrgs {
		t.Fatalf("%d organizations, want %d", len(all), crashOrgs)
	}
	listing, users := *all[0].MaxSystemUsers, all[0].Users.Value
	// The round after the last one told of may be there too, in part.
	if listing < told || listing > told+1 || users < told*crashOrgs || users > (told+1)*crashOrgs {
		t.Errorf("round %d was told of; listing %d, users %d are kept", told, listing, users)
	}
	for i := range all {
		if *all[i].MaxSystemUsers != listing || all[i].Users.Value != users+i {
			t.Fatalf("organization %d is of another round: %d, %d", i, *all[i].MaxSystemUsers, all[i].Users.Value)
		}
	}
}

// killAfter starts the child, lets it tell of some rounds, waits a moment more
// and kills it; it gives the last round told of.
func killAfter(t *testing.T, path string, rounds int, moment time.Duration) (told int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashChild+"="+path)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(output)
	for told < rounds && lines.Scan() {
		told, err = strconv.Atoi(lines.Text())
		must(t, err)
	}
	<-time.After(moment)
	must(t, child.Process.Kill())
	for lines.Scan() {
		told, err = strconv.Atoi(lines.Text())
		must(t, err)
	}
	err = child.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return told
}
