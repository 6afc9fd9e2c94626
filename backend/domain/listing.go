package domain

// Listing is a listing of organizations while its pages arrive, in any order. It
// holds each organization once. The zero Listing is ready for use.
type Listing struct {
	// Found is what the pages named.
	Found map[OrgID]Listed
	// Total is the highest number of organizations that a page told of.
	Total int
	// Moved says that pages told different numbers: the list changed while it was
	// read, and what slipped over a page's edge meanwhile was not seen.
	Moved bool
	pages int
}

// Add takes a page in and gives its organizations that were not known yet.
func (l *Listing) Add(page ListedPage) []Listed {
	l.Moved = l.Moved || l.pages > 0 && page.Total != l.Total
	l.Total = max(l.Total, page.Total)
	l.pages++
	if l.Found == nil {
		l.Found = map[OrgID]Listed{}
	}
	var fresh []Listed
	for _, item := range page.Items {
		if _, known := l.Found[item.ID]; !known {
			fresh = append(fresh, item)
		}
		l.Found[item.ID] = item
	}
	return fresh
}

// Complete reports whether a listing that was read to its end names every
// organization there is: exactly as many as it told of, all the while.
func (l *Listing) Complete() bool {
	return l.pages > 0 && !l.Moved && len(l.Found) == l.Total
}
