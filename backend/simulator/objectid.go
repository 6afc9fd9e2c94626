package simulator

import (
	"encoding/binary"
	"encoding/hex"
	"time"
)

// newObjectID makes an id as the vendor's database does: four bytes of seconds,
// then eight bytes that tell ids of one second apart.
func newObjectID(at time.Time, tail uint64) string {
	var b [12]byte
	binary.BigEndian.PutUint32(b[:4], uint32(at.Unix())) //nolint:gosec // the format has 32 bits
	binary.BigEndian.PutUint64(b[4:], tail)
	return hex.EncodeToString(b[:])
}

// serialTail keeps ids of one owner in the order of their serial numbers.
func serialTail(owner uint64, serial int64) uint64 {
	return owner&^0xffffff | uint64(serial+1<<23)&0xffffff //nolint:gosec // masked to 24 bits
}

// objectIDTail gives the eight bytes after the time, and whether id is an id.
func objectIDTail(id string) (uint64, bool) {
	if !isObjectID(id) {
		return 0, false
	}
	b, err := hex.DecodeString(id[8:])
	if err != nil {
		return 0, false
	}
	return binary.BigEndian.Uint64(b), true
}

// isObjectID says whether id is 24 lower-case hex digits.
func isObjectID(id string) bool {
	if len(id) != 24 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// stamp writes a time as the API does: RFC 3339 in UTC with milliseconds.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
