// Command benchlogo measures the logo workshop against libvips:
//
//	go run ./scripts/benchlogo
//
// It prints JSON: the wall time of a 24-megapixel JPEG to a logo as a ratio to
// vipsthumbnail's for the same size, the peak memory in bytes a source pixel,
// and the milliseconds of a logo that meets every rule. What vipsthumbnail was
// needed for is left out where that is not installed.
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

// recipe makes the picture 600 by 400 on 1200 by 400 pixels.
var recipe = domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoTransparent}

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
	case 2:
		err = os.WriteFile(os.Args[1], scene(), 0o600)
	case 3:
		err = one(os.Args[1], os.Args[2])
	default:
		err = compare()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchlogo:", err)
		os.Exit(1)
	}
}

// one is what a process of its own does, so that its memory can be measured.
func one(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	ready, err := prepared(data, recipe)
	if err != nil {
		return err
	}
	return os.WriteFile(to, ready.File.Bytes, 0o600)
}

func prepared(data []byte, recipe domain.LogoRecipe) (domain.PreparedLogo, error) {
	picture, err := logo.Open(context.Background(), data)
	if err != nil {
		return domain.PreparedLogo{}, err
	}
	return picture.Prepare(context.Background(), recipe)
}

func compare() error {
	folder, err := os.MkdirTemp("", "orgdeck-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a folder of temporary files
	photo := filepath.Join(folder, "photo.jpg")
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// Drawn by another process: Linux counts the memory of the one that starts a
	// process as that one's too.
	if _, _, err := timed(self, photo); err != nil {
		return err
	}
	out := filepath.Join(folder, "out.png")
	var ours, theirs, memory []float64
	vips, vipsErr := exec.LookPath("vipsthumbnail")
	for range runs { // one after the other, so that both meet the same machine
		took, peak, err := timed(self, photo, out)
		if err != nil {
			return err
		}
		ours, memory = append(ours, took), append(memory, peak)
		if vipsErr == nil {
			took, _, err := timed(vips, photo, "--size", "600x400", "-o", out)
			if err != nil {
				return err
			}
			theirs = append(theirs, took)
		}
	}
	figures := []figure{{
		Name: "logo of 24 megapixels, peak memory", Value: round(median(memory) / (width * height)), Unit: " bytes a pixel", Budget: 6,
		Detail: map[string]any{"peakBytes": median(memory), "ms": median(ours), "runs": runs},
	}}
	if vipsErr == nil {
		figures = append(figures, figure{
			Name: "logo of 24 megapixels against vipsthumbnail", Value: round(median(ours) / median(theirs)), Unit: "x", Budget: 4,
			Detail: map[string]any{"ms": median(ours), "vipsMs": median(theirs), "runs": runs},
		})
	} else if !errors.Is(vipsErr, exec.ErrNotFound) {
		return vipsErr
	}
	pass, err := passThrough()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(append(figures, pass))
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
		ready, err := prepared(file.Bytes(), recipe)
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

// scene is a JPEG like a camera's: soft shapes with some grain.
func scene() []byte {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	state := uint32(7)
	for y := range height {
		v := 5 * float64(y) / height
		for x := range width {
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
