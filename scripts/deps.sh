#!/usr/bin/env bash
# Installs what Orgdeck needs beyond git, make, Go and Node, and says what.
#
#   scripts/deps.sh build      what compiling the window needs
#   scripts/deps.sh display    what showing it without a screen needs
#   scripts/deps.sh test       what the tests need
#   scripts/deps.sh bench      what the figures are measured against
#   scripts/deps.sh            all of it but the last
#
# What is there already is found by asking for it, not for its package, so that
# nothing is done twice and other ways of installing it count.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# A line a need: group | how to find it | apt | dnf | pacman | brew ("-" means
# that the system has it, or has no use for it).
needs() {
	cat <<'TABLE'
build|has gcc && [ -e /usr/include/stdlib.h ]|build-essential|gcc|base-devel|-
build|has pkg-config|pkg-config|pkgconf-pkg-config|pkgconf|-
build|pkg-config --exists gtk+-3.0|libgtk-3-dev|gtk3-devel|gtk3|-
build|pkg-config --exists webkit2gtk-4.1 || pkg-config --exists webkit2gtk-4.0|webkit|webkit2gtk4.1-devel|webkit2gtk-4.1|-
display|has Xvfb|xvfb|xorg-x11-server-Xvfb|xorg-server-xvfb|-
display|has dbus-run-session|dbus|dbus-daemon|dbus|-
display|has gnome-keyring-daemon|gnome-keyring|gnome-keyring|gnome-keyring|-
test|[ -n "$(chromium_path)" ]|chromium|chromium|chromium|chromium
test|has xclip|xclip|xclip|xclip|-
test|has xdotool|xdotool|xdotool|xdotool|-
bench|has vipsthumbnail|libvips-tools|vips-tools|libvips|vips
TABLE
}

chromium_path() {
	local name
	if [ -n "${CHROMIUM:-}" ]; then
		echo "$CHROMIUM"
		return
	fi
	for name in chromium chromium-browser google-chrome google-chrome-stable \
		"/Applications/Chromium.app/Contents/MacOS/Chromium" \
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
		command -v "$name" && return
	done
	return 0
}

manager() {
	local name
	[ "$OS" = Darwin ] && { echo brew && return; }
	for name in apt-get dnf pacman; do
		has "$name" && { echo "$name" && return; }
	done
	echo none
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif has sudo; then
		sudo "$@"
	else
		die "this needs root or sudo: $*"
	fi
}

# webkit_apt names the newest of the two WebKitGTK interfaces that apt offers.
webkit_apt() {
	if apt-cache show libwebkit2gtk-4.1-dev >/dev/null 2>&1; then
		echo libwebkit2gtk-4.1-dev
	else
		echo libwebkit2gtk-4.0-dev
	fi
}

install_packages() {
	local with=$1
	shift
	case $with in
	apt-get)
		as_root apt-get update -q
		local packages=() name
		for name in "$@"; do
			[ "$name" = webkit ] && name=$(webkit_apt)
			packages+=("$name")
		done
		say "apt-get install ${packages[*]}"
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
		;;
	dnf) as_root dnf install -y "$@" ;;
	pacman) as_root pacman -S --needed --noconfirm "$@" ;;
	brew) has brew || die "install Homebrew first (https://brew.sh), or by hand: $*" && brew install "$@" ;;
	none) die "no package manager known here (apt, dnf, pacman, Homebrew). Install by hand: $*" ;;
	esac
}

check_toolchain() {
	has go || die "Go 1.26 or newer is needed: https://go.dev/dl"
	has node && has npm || die "Node.js 20 or newer (with npm) is needed: https://nodejs.org"
	local major
	major=$(node -p 'process.versions.node.split(".")[0]')
	[ "$major" -ge 20 ] || die "Node.js 20 or newer is needed; this is $(node --version)"
	if [ "$OS" = Darwin ] && ! xcode-select -p >/dev/null 2>&1; then
		die "Apple's command line tools are needed: xcode-select --install"
	fi
}

main() {
	local groups=" ${*:-build display test} " with column missing=()
	check_toolchain
	with=$(manager)
	case $with in
	apt-get) column=3 ;; dnf) column=4 ;; pacman) column=5 ;; brew) column=6 ;; *) column=3 ;;
	esac
	local line group check package
	while IFS= read -r line; do
		group=${line%%|*}
		check=${line#*|}
		# The check itself may hold "||"; the packages are the last four fields.
		package=$(awk -F'|' -v n=$((6 - column)) '{print $(NF - n)}' <<<"$line")
		check=$(awk -F'|' '{out = $2; for (i = 3; i <= NF - 4; i++) out = out "|" $i; print out}' <<<"$line")
		[[ $groups == *" $group "* ]] || continue
		[ "$package" = - ] && continue
		eval "$check" >/dev/null 2>&1 || missing+=("$package")
	done < <(needs)
	if [ ${#missing[@]} = 0 ]; then
		return
	fi
	say "missing (${groups# }): ${missing[*]}; installing with $with"
	install_packages "$with" "${missing[@]}"
}

main "$@"
