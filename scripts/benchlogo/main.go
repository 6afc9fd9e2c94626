// Command benchlogo measures the logo workshop against libvips:
//
//	go run ./scripts/benchlogo
//
// It prints JSON: the wall time of a 24-megapixel JPEG to a logo as a ratio to
// vipsthumbnail's for the same size, and the peak memory in bytes a source pixel,
// for a picture that is resized whole and for one with white margins that is made
// as Orgdeck suggests; and the milliseconds of a logo that meets every rule. What
// vipsthumbnail was needed for is left out where that is not installed.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
)

const (
	width, height = 6000, 4000 // 24 megapixels
	runs          = 7
)

// whole makes the picture 600 by 400 on 1200 by 400 pixels.
var whole = domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoTransparent}

// way is a way of a large picture to a logo.
type way struct {
	name string
	// margin is the white around the picture, on each side, in parts of its size.
	margin float64
	// suggested says that the recipe is the one that Orgdeck suggests, not whole.
	suggested bool
	// size is what vipsthumbnail makes of it, which is as much smaller.
	size string
}

var ways = map[string]way{
	"whole": {name: "logo of 24 megapixels", size: "600x400"},
	// 4500 by 3000 pixels are left, and become 552 by 368.
	"cropped": {name: "logo of 24 megapixels with white margins", margin: 1.0 / 8, suggested: true, size: "736x491"},
}

type figure struct {
	Name   string         `json:"name"`
	Value  float64        `json:"value"`
	Unit   string         `json:"unit"`
	Budget float64        `json:"budget"`
	Detail map[string]any `json:"detail"`
}

func main() {
	var err error
	switch len(os.Args) {
	case 3: // as processes of their own, so that their memory can be measured
		err = os.WriteFile(os.Args[2], scene(ways[os.Args[1]].margin), 0o600)
	case 4:
		err = one(ways[os.Args[1]], os.Args[2], os.Args[3])
	default:
		err = compare()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchlogo:", err)
		os.Exit(1)
	}
}

func one(w way, from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	picture, err := logo.Open(context.Background(), data)
	if err != nil {
		return err
	}
	recipe := whole
	if w.suggested {
		recipe = picture.Suggested()
	}
	ready, err := picture.Prepare(context.Background(), recipe)
	if err != nil {
		return err
	}
	return os.WriteFile(to, ready.File.Bytes, 0o600)
}

func compare() error {
	folder, err := os.MkdirTemp("", "orgdeck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a folder of temporary files
	var figures []figure
	for _, name := range slices.Sorted(maps.Keys(ways)) {
		more, err := measured(name, folder)
		if err != nil {
			return err
		}
		figures = append(figures, more...)
	}
	pass, err := passThrough()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(append(figures, pass))
}

// measured goes a way several times, in turns with vipsthumbnail.
func measured(name, folder string) ([]figure, error) {
	w, photo, out := ways[name], filepath.Join(folder, name+".jpg"), filepath.Join(folder, "out.png")
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// Drawn by another process: Linux counts the memory of the one that starts a
	// process as that one's too.
	if _, _, err := timed(self, name, photo); err != nil {
		return nil, err
	}
	var ours, theirs, memory []float64
	vips, vipsErr := exec.LookPath("vipsthumbnail")
	if vipsErr != nil && !errors.Is(vipsErr, exec.ErrNotFound) {
		return nil, vipsErr
	}
	for range runs { // one after the other, so that both meet the same machine
		took, peak, err := timed(self, name, photo, out)
		if err != nil {
			return nil, err
		}
		ours, memory = append(ours, took), append(memory, peak)
		if vipsErr == nil {
			took, _, err := timed(vips, photo, "--size", w.size, "-o", out)
			if err != nil {
				return nil, err
			}
			theirs = append(theirs, took)
		}
	}
	figures := []figure{{
		Name: w.name + ", peak memory", Value: round(median(memory) / (width * height)), Unit: " bytes a pixel", Budget: 6,
		Detail: map[string]any{"peakBytes": median(memory), "ms": median(ours), "runs": runs},
	}}
	if vipsErr == nil {
		figures = append(figures, figure{
			Name: w.name + " against vipsthumbnail", Value: round(median(ours) / median(theirs)), Unit: "x", Budget: 4,
			Detail: map[string]any{"ms": median(ours), "vipsMs": median(theirs), "runs": runs},
		})
	}
	return figures, nil
}

// timed runs a command; it gives its milliseconds and its peak memory in bytes.
func timed(name string, args ...string) (ms, peak float64, err error) {
	start := time.Now()
	command := exec.CommandContext(context.Background(), name, args...)
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return 0, 0, err
	}
	return float64(time.Since(start).Microseconds()) / 1000, peakMemory(command.ProcessState), nil
}

// passThrough measures a logo that is used as it is.
func passThrough() (figure, error) {
	m := image.NewNRGBA(image.Rect(0, 0, 1200, 400))
	for y := 100; y < 300; y++ {
		for x := 100; x < 1100; x++ {
			if (x/40+y/40)%2 == 0 {
				m.SetNRGBA(x, y, color.NRGBA{uint8(x / 5), 90, uint8(y), 255}) //nolint:gosec // any shade will do
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, m); err != nil {
		return figure{}, err
	}
	var times []float64
	for range 51 {
		start := time.Now()
		picture, err := logo.Open(context.Background(), file.Bytes())
		if err != nil {
			return figure{}, err
		}
		ready, err := picture.Prepare(context.Background(), whole)
		if err != nil {
			return figure{}, err
		}
		times = append(times, float64(time.Since(start).Microseconds())/1000)
		if !ready.Untouched {
			return figure{}, errors.New("a logo that meets every rule was changed")
		}
	}
	return figure{
		Name: "logo of 1200 by 400 that meets the rules", Value: round(median(times)), Unit: " ms", Budget: 5,
		Detail: map[string]any{"bytes": file.Len(), "runs": len(times), "maxMs": slices.Max(times)},
	}, nil
}

// scene is a JPEG like a camera's: soft shapes with some grain, on white where a
// margin is asked for.
func scene(margin float64) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	inner := image.Rect(int(width*margin), int(height*margin), int(width*(1-margin)), int(height*(1-margin)))
	state := uint32(7)
	for y := range height {
		v := 5 * float64(y) / height
		for x := range width {
			if !image.Pt(x, y).In(inner) {
				m.SetNRGBA(x, y, color.NRGBA{255, 255, 255, 255})
				continue
			}
			state = state*1664525 + 1013904223
			u, grain := 7*float64(x)/width, float64(state>>28)-8
			tone := uint8(max(0, min(255, 128+90*math.Sin(u)*math.Cos(v)+grain)))
			m.SetNRGBA(x, y, color.NRGBA{tone, 255 - tone, tone / 2, 255})
		}
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, &jpeg.Options{Quality: 90})
	return out.Bytes()
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

func round(value float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(value, 'f', 2, 64), 64)
	if err != nil {
		return value
	}
	return short
}
