// Package bind is what the front end may call: one bound struct an area, each
// of whose methods parses, calls one service, and converts. Its structs are the
// only ones TypeScript sees. It holds no SQL, no HTTP and no rules.
//
// Times cross as whole Unix seconds (0 means never), because the generator
// types time.Time as any and ten thousand rows must stay small.
package bind
