// Package logobatch sets the logos of many organizations from a folder of
// pictures: it matches the names of the files to organizations, keeps what it
// saw for a person to confirm, and sets one logo after the other in the
// background. What it reads of the disk is bounded, and stays in the folder.
package logobatch
