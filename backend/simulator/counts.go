package simulator

import (
	"math"
	"time"
)

// flow is how one kind of record (users, devices or applications) of one
// organization comes and goes: records carry serial numbers, newcomers are added
// at the top and leavers taken from the bottom. Both marks only ever rise, at
// slightly different times, so that a count wanders by some percent over weeks
// and the records always agree with it.
type flow struct {
	owner   uint64  // tells ids of this flow from all others
	size    int64   // the count around which it wanders
	rate    float64 // arrivals an hour; leavers come at the same rate
	arrive  float64 // phase of the arrivals, in records
	leave   float64 // phase of the leavers, in records
	season  float64 // phase of the slow wave, in radians
	created time.Time
}

// driftEpoch is the hour zero of every flow.
func driftEpoch() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

const (
	monthWave = 2 * math.Pi / (30 * 24)  // radians an hour
	yearWave  = 2 * math.Pi / (400 * 24) // radians an hour
)

func newFlow(h uint64, size int, perDay float64, created time.Time) flow {
	d := dice{state: h}
	return flow{
		owner: d.next(), size: int64(size), rate: float64(size) * perDay / 24,
		arrive: d.unit(), leave: d.unit(), season: d.unit() * 2 * math.Pi, created: created,
	}
}

// span gives the serial numbers present at the time: from lo, before hi.
func (f flow) span(now time.Time) (lo, hi int64) {
	h := now.Sub(driftEpoch()).Hours()
	hi = f.size + int64(math.Floor(f.rate*h+f.arrive))
	// Each wave may take at most its share of the rate, or the mark would fall.
	wave := 0.45*f.rate/monthWave*math.Sin(monthWave*h+f.season) + 0.45*f.rate/yearWave*math.Sin(yearWave*h+2*f.season)
	lo = int64(math.Floor(f.rate*h + f.leave + wave))
	return min(lo, hi), hi
}

// bornAt is when the record with this serial number was added: those there at
// the epoch came evenly since the organization was made, later ones by the rate.
// It never falls with the serial number, so ids have the order of the serials.
func (f flow) bornAt(serial int64) time.Time {
	switch {
	case serial < 0:
		return f.created
	case f.rate <= 0:
		return f.created.Add(time.Duration(serial+1) * time.Minute)
	case serial < f.size:
		share := float64(serial) / float64(f.size)
		return f.created.Add(time.Duration(share * float64(driftEpoch().Sub(f.created)))).Truncate(time.Second)
	}
	hours := (float64(serial+1-f.size) - f.arrive) / f.rate
	return driftEpoch().Add(time.Duration(hours * float64(time.Hour))).Truncate(time.Second)
}

func (f flow) id(serial int64) string {
	return newObjectID(f.bornAt(serial), serialTail(f.owner, serial))
}

// drift turns the real time into the time the flows live in.
func (s *Server) drift(now time.Time) time.Time {
	if s.opts.NoDrift {
		return driftEpoch()
	}
	speed := s.opts.DriftSpeed
	if speed <= 0 || speed == 1 {
		return now
	}
	return s.started.Add(time.Duration(float64(now.Sub(s.started)) * speed))
}

// sizes are the counts an organization wanders around.
type sizes struct{ users, devices, applications int }

// inventSizes gives many small customers and a few big ones.
func inventSizes(d *dice) sizes {
	// The sum of three dice is near enough to a bell for a log-normal size.
	bell := (d.unit() + d.unit() + d.unit() - 1.5) * 1.1
	users := int(60 * math.Exp(bell*2.1))
	if d.chance(2) {
		users = 0
	}
	devices := int(float64(users) * (0.85 + 0.6*d.unit()))
	apps := 2 + int(math.Sqrt(float64(users))*(0.8+0.9*d.unit()))
	if users == 0 {
		devices, apps = 0, 0
	}
	return sizes{users: users, devices: devices, applications: apps}
}

func (o *organization) flow(kind uint64, p profile) flow {
	size, perDay, pinned := p.sizes.users, 0.004, p.pinned.users
	switch kind {
	case forDevices:
		size, perDay, pinned = p.sizes.devices, 0.005, p.pinned.devices
	case forApplications:
		size, perDay, pinned = p.sizes.applications, 0.003, p.pinned.applications
	}
	f := newFlow(mix(o.h, kind), size, perDay, o.created)
	if pinned >= 0 {
		f.size, f.rate = int64(pinned), 0
		f.leave, f.arrive = 0, 0
	}
	return f
}
