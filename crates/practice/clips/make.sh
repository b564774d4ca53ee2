#!/bin/sh
# Makes every clip of texts.tsv again. Needs espeak-ng and sox; see README.md.
set -eu
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Root mean square of the spoken part, dBFS.
level=-24
# Peaks may not go beyond this, dBFS: a word of one hard consonant stays a little quieter.
ceiling=-2

stat() { # stat FILE NAME: a figure of sox's statistics, dB
    sox "$1" -n stats 2>&1 | sed -n "s/^$2 *//p"
}

grep -v '^#' texts.tsv | while IFS="$(printf '\t')" read -r clip rate text; do
    case $clip in
        vi/*) voice=vi speed=150 ;;
        en/*) voice=en speed=195 ;;
    esac
    mkdir -p "${clip%/*}"
    espeak-ng -v "$voice" -s "$speed" -w "$work/spoken.wav" "$text"
    # Silence before and after is cut off. -R: the same dither each time, so the same file.
    sox -R "$work/spoken.wav" -r "$rate" -b 16 -c 1 "$work/cut.wav" norm -3 \
        silence 1 0.005 0.5% reverse silence 1 0.005 0.5% reverse highpass 60
    length=$(soxi -D "$work/cut.wav")
    gain=$(awk -v level=$level -v ceiling=$ceiling \
        -v rms="$(stat "$work/cut.wav" 'RMS lev dB')" -v peak="$(stat "$work/cut.wav" 'Pk lev dB')" \
        'BEGIN { gain = level - rms; if (peak + gain > ceiling) gain = ceiling - peak; print gain }')
    # The edges are rounded: no clicks.
    sox -R "$work/cut.wav" -b 16 "$clip.wav" gain "$gain" fade t 0.004 "$length" 0.008
done
