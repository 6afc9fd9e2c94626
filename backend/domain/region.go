package domain

import "slices"

// Region is one of JumpCloud's separate installations. A key or an
// organization of one region does not exist in another.
type Region string

// The regions JumpCloud runs (India since May 2026).
const (
	RegionUS    Region = "us"
	RegionEU    Region = "eu"
	RegionIndia Region = "in"
)

// RegionInfo says how a region is called and where it answers.
type RegionInfo struct {
	Region Region
	// Name is what people call it, such as "United States".
	Name string
	// ConsoleHost is the one host of its console and of its API.
	ConsoleHost string
}

// Regions lists every region in the order in which they are offered. The
// hosts are an exact table: nothing else is ever spoken to as JumpCloud.
func Regions() []RegionInfo {
	return []RegionInfo{
		{RegionUS, "United States", "console.jumpcloud.com"},
		{RegionEU, "Europe", "console.eu.jumpcloud.com"},
		{RegionIndia, "India", "console.in.jumpcloud.com"},
	}
}

// LookupRegion finds a region by its exact code; ok is false for any other text.
func LookupRegion(code string) (info RegionInfo, ok bool) {
	regions := Regions()
	i := slices.IndexFunc(regions, func(r RegionInfo) bool { return string(r.Region) == code })
	if i < 0 {
		return RegionInfo{}, false
	}
	return regions[i], true
}
