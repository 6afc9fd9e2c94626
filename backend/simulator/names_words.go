package simulator

// nameWords are the parts that names of organizations are put together from.
type nameWords struct {
	roster, special, surnames, places, features, trades, suffixes, streets []string
}

// words gives the lists. They are built on demand because package variables
// could be changed by anyone.
func words() nameWords {
	return nameWords{
		roster:   rosterNames(),
		special:  specialNames(),
		surnames: surnameWords(),
		places:   placeWords(),
		features: featureWords(),
		trades:   tradeWords(),
		suffixes: []string{"Group", "Partners", "& Sons", "Associates", "Collective", "Co.", "Holdings", "Brothers", "Works", "Services"},
		streets:  []string{"North", "South", "East", "West", "Upper", "Lower", "Old", "New", "Greater", "Central"},
	}
}

// rosterNames are the first customers of every provider, in this order.
func rosterNames() []string {
	return []string{
		"Acme Dental Group", "Barlow & Kline LLP", "Cedar Hollow Schools", "Dunmore Studio", "Everglade Marine",
		"Fairfax Freight", "Glasshouse Labs", "Harbor & North Realty", "Ironquay Shipping", "Juniper Pediatrics",
		"Keystone Tooling", "Lakemont Museum", "Mesa Verde Clinics", "Nimbus Bakery Co.",
	}
}

// specialNames try what a table, a search and a file name can take.
func specialNames() []string {
	return []string{
		"Clínica Señora del Mar",
		"O'Brien & Daughters Garage",
		"Łódź Kolej Freight",
		"عيادة النور لطب الأسنان",
		"Sunny Side Bakery 🥐",
		"Riverside <b>Print</b> & Copy \"Express\"",
		"Boulangerie Saint-Étienne",
		"Wellington County Association of Independent Family Physicians, Dental Surgeons, Community Pharmacists, Physiotherapists, Opticians and Allied Health Professionals, Incorporated in the State of Delaware",
		"Schüßler Brückenbau GmbH",
		"北海道トレーディング",
		"Smørrebrød & Søn ApS",
		"R/GA-style Media \\ Print; Ltd.",
	}
}

func surnameWords() []string {
	return []string{
		"Abernathy", "Alvarez", "Ashworth", "Baines", "Barrow", "Bellamy", "Bergström", "Bishop", "Blackwood", "Bouchard",
		"Bradshaw", "Brandt", "Calloway", "Cardoso", "Castellano", "Chandra", "Clemens", "Coleridge", "Corrigan", "Dalton",
		"Delacroix", "Devlin", "Donnelly", "Draper", "Eastman", "Ellery", "Eriksen", "Fairbanks", "Farrow", "Fenwick",
		"Fitzgerald", "Fontaine", "Forsyth", "Gallagher", "Gardiner", "Gupta", "Hadley", "Halvorsen", "Hargreaves", "Hawthorne",
		"Hendricks", "Holloway", "Ibarra", "Ingram", "Jansen", "Jarvis", "Kaplan", "Kavanagh", "Keller", "Kendrick",
		"Kowalski", "Lambert", "Langley", "Larkin", "Lindqvist", "Lockhart", "Lombardi", "Maddox", "Marchetti", "Marlowe",
		"McAllister", "Mendoza", "Merrick", "Montgomery", "Moreau", "Nakamura", "Navarro", "Nielsen", "Norwood", "Okafor",
		"Oakley", "Ortega", "Osborne", "Pacheco", "Paxton", "Pemberton", "Prescott", "Quinlan", "Radcliffe", "Ramirez",
		"Redmond", "Reyes", "Rosenthal", "Rutherford", "Salazar", "Sandoval", "Schaefer", "Sheridan", "Sinclair", "Stanhope",
		"Sterling", "Sutherland", "Takahashi", "Thackeray", "Tolliver", "Underhill", "Vandermeer", "Vaughn", "Villanueva", "Wainwright",
		"Wakefield", "Weatherby", "Whitaker", "Winslow", "Wolcott", "Yamamoto", "Yates", "Zimmerman",
	}
}

func placeWords() []string {
	return []string{
		"Alder", "Amber", "Ashford", "Aspen", "Bayview", "Birch", "Blue", "Bridge", "Briar", "Cedar", "Cherry", "Clear",
		"Coastal", "Copper", "Crescent", "Crystal", "Delta", "Eagle", "Elm", "Evergreen", "Falcon", "Fern", "Forest", "Fox",
		"Garnet", "Golden", "Granite", "Green", "Harbor", "Harvest", "Hazel", "Heron", "Hickory", "High", "Iron", "Ivory",
		"Jade", "Juniper", "Lake", "Laurel", "Liberty", "Linden", "Magnolia", "Maple", "Meadow", "Mill", "Mountain", "North",
		"Oak", "Ocean", "Olive", "Orchard", "Pacific", "Park", "Pearl", "Pine", "Prairie", "Quarry", "Raven", "Red", "River",
		"Rose", "Saffron", "Sage", "Silver", "Spring", "Spruce", "Stone", "Summit", "Sycamore", "Thistle", "Timber", "Valley",
		"Violet", "Walnut", "White", "Willow", "Winter",
	}
}

func featureWords() []string {
	return []string{
		"Bay", "Bend", "Bluff", "Bridge", "Brook", "Canyon", "Cliff", "Cove", "Creek", "Crossing", "Dale", "Falls", "Field",
		"Ford", "Gate", "Glen", "Grove", "Harbor", "Haven", "Heights", "Hill", "Hollow", "Island", "Junction", "Lake",
		"Landing", "Meadow", "Mesa", "Mill", "Park", "Point", "Pond", "Reach", "Ridge", "River", "Shore", "Springs",
		"Summit", "Terrace", "Trail", "Vale", "View", "Village", "Way", "Wood",
	}
}

func tradeWords() []string {
	return []string{
		"Accounting", "Advisors", "Animal Hospital", "Architects", "Art Museum", "Auto Body", "Bakery", "Brewing", "Builders",
		"Capital", "Cardiology", "Catering", "Charter School", "Chiropractic", "Clinic", "Coffee Roasters", "Community Bank",
		"Construction", "Credit Union", "Dairy", "Dental", "Dermatology", "Design Studio", "Distributors", "Eye Care",
		"Electric", "Engineering", "Equipment Rental", "Family Practice", "Farms", "Film Works", "Fire Protection", "Florists",
		"Foods", "Foundation", "Freight", "Furniture", "Gallery", "Golf Club", "Heating & Air", "History Museum", "Hotel",
		"Insurance", "Interiors", "Jewelers", "Kitchens", "Laboratories", "Landscaping", "Law Group", "Library", "Logistics",
		"Lumber", "Machining", "Manufacturing", "Marine", "Media", "Montessori", "Nursery", "Optical", "Orthodontics",
		"Packaging", "Pediatrics", "Pharmacy", "Physical Therapy", "Plastics", "Plumbing", "Preparatory School", "Press",
		"Property Management", "Publishing", "Radiology", "Realty", "Recycling", "Robotics", "Roofing", "Schools", "Science Center",
		"Security", "Senior Living", "Shipping", "Software", "Solar", "Sports Medicine", "Staffing", "Steel", "Surveying",
		"Textiles", "Theatre", "Tooling", "Transport", "Travel", "Veterinary", "Vineyards", "Warehousing", "Water Services",
		"Wealth Partners", "Winery", "Women's Health", "Youth Services",
	}
}
