package simulator

// Everything the simulator invents comes from hashes of the seed and of what
// the value is for, so that it never depends on the order of requests.
const (
	forOrganization uint64 = iota + 1
	forName
	forProfile
	forUsers
	forDevices
	forApplications
	forAdministrator
	forLink
	forInvoice
	forKey
	forProvider
	forLogo
	forLocal
	forJitter
)

// mix folds the parts into one well-spread number (splitmix64 steps).
func mix(parts ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, p := range parts {
		h = scramble(h ^ p)
	}
	return h
}

func scramble(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// dice is a small deterministic sequence.
type dice struct{ state uint64 }

func roll(parts ...uint64) *dice { return &dice{state: mix(parts...)} }

func (d *dice) next() uint64 {
	d.state = scramble(d.state)
	return d.state
}

// below gives a number from 0 to n-1; n must be positive.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) } //nolint:gosec // smaller than n

// chance is true in percent of all cases.
func (d *dice) chance(percent int) bool { return d.below(100) < percent }

// unit gives a number in [0, 1).
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

func (d *dice) pick(list []string) string { return list[d.below(len(list))] }
