// Package taking keeps the pictures that came in for an organization, and the
// logos made of them, in bounded memory and for that organization alone, until
// they are let go of, newer ones displace them or the program ends.
package taking
