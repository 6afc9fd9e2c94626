package program

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/orgdeck/orgdeck/backend/taking"
)

// PictureTime is how long one picture may take.
const PictureTime time.Duration = pictureTime

// OpenPicturesWith makes a program open the pictures that come in by another way.
func (p *Program) OpenPicturesWith(open func(ctx context.Context, data []byte) (taking.Picture, error)) {
	p.taking = taking.New(open, rand.Text)
}
