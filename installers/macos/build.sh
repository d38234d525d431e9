#!/usr/bin/env bash
# Makes the macOS program and its disk image, on macOS 14 or later. Needs Python 3.13 from python.org and the command
# line tools of Xcode.
#
#   installers/macos/build.sh                                    signed for this computer only, to try
#   IDENTITY="Developer ID Application: …" PROFILE=notary installers/macos/build.sh
#
# IDENTITY is a certificate in the keychain; PROFILE is what "xcrun notarytool store-credentials" was told to call the
# account. A disk image without both is refused by other people's Macs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
identity="${IDENTITY:--}"

"${PYTHON:-python3.13}" installers/checkout.py
.venv/bin/python installers/build.py
version="$(.venv/bin/python -c 'from installers.product import product; print(product().version)')"
app="build/bundle/nhsdesk.app"
image="build/packages/nhsdesk-$version.dmg"

# What lies inside is signed before what holds it. The run-time is hardened, as notarising asks.
sign=(codesign --force --sign "$identity" --options runtime)
if [ "$identity" != - ]; then
    sign+=(--timestamp)
fi
find "$app/Contents/Frameworks" "$app/Contents/Resources" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
    xargs -0 "${sign[@]}"
find "$app/Contents/Frameworks" -type d -name '*.framework' -print0 | xargs -0 "${sign[@]}"
"${sign[@]}" --entitlements installers/macos/entitlements.plist "$app"
codesign --verify --deep --strict "$app"
"$app/Contents/MacOS/nhsdesk" selftest --records tests/records

mkdir -p build/packages build/dmg
rm -rf "$image" build/dmg/*
cp -R "$app" build/dmg/
ln -s /Applications build/dmg/Applications
hdiutil create -volname nhsdesk -srcfolder build/dmg -format UDZO -ov "$image"
"${sign[@]}" "$image"

if [ -n "${PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
else
    echo "The disk image is not notarised: other people's Macs will refuse to open it." >&2
fi
(cd build/packages && shasum -a 256 "$(basename "$image")")
