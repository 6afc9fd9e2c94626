// Command orgdeck shows every organization of a JumpCloud provider in one window.
package main

import (
	"embed"
	"log"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"

	"github.com/orgdeck/orgdeck/backend/bind"
)

//go:embed all:frontend/dist
var frontendFiles embed.FS

func main() {
	err := wails.Run(&options.App{
		Title: "Orgdeck",
		Bind: []any{
			bind.NewSession(bind.Area{}, nil, bind.About{}), bind.NewOrganizations(bind.Area{}, nil, nil, nil),
			bind.NewSync(bind.Area{}, nil), bind.NewShell(bind.Area{}, nil),
		},
		ErrorFormatter: bind.FormatError,
	})
	if err != nil {
		log.Fatal(err)
	}
}
