# palettes.awk: computes the palettes of this folder:
#
#     awk -f palettes.awk -v name=heat >heat.tsv      (heat, cover, helix)
#
# heat and cover are paths through OKLab (B. Ottosson 2020, "A perceptual color space for
# image processing"): hue and chroma turn while lightness goes one way, and the stops lie at
# equal distances along the path. helix is Green's cubehelix (D. A. Green 2011, Bull. Astr.
# Soc. India 39, 289) with start 0.5, -1.5 rotations and hue 1, without its black and white
# ends. Lightness is what the colour-blind and a grey print keep: it never turns.

function cube(v) { return v * v * v }

function gamma(v) {
    v = v < 0 ? 0 : v > 1 ? 1 : v
    return v <= 0.0031308 ? 12.92 * v : 1.055 * exp(log(v) / 2.4) - 0.055
}

# Linear red, green and blue of an OKLab colour, into rgb.
function linear(L, a, b,    l, m, s) {
    l = cube(L + 0.3963377774 * a + 0.2158037573 * b)
    m = cube(L - 0.1055613458 * a - 0.0638541728 * b)
    s = cube(L - 0.0894841775 * a - 1.2914855480 * b)
    rgb[1] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    rgb[2] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    rgb[3] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
}

# The path at t from 0 to 1: lightness, and hue in degrees; chroma is a share of what a
# screen can show there. Into lab.
function path(t,    L, h, pi, share, cap, most, step, i) {
    pi = atan2(0, -1)
    if (name == "heat") {
        L = 0.27 + 0.58 * t
        h = 285 + 175 * t
        share = 0.80
        cap = 0.19
    } else {
        L = 0.98 - 0.625 * t
        h = 105 + 162 * t
        share = t < 0.45 ? 0.15 + 0.65 * sin(t / 0.45 * pi / 2) : 0.8
        cap = 0.12
    }
    most = 0
    for (step = 0.2; step > 1e-5; step /= 2) {
        linear(L, (most + step) * cos(h * pi / 180), (most + step) * sin(h * pi / 180))
        for (i = 1; i <= 3; i++)
            if (rgb[i] < 0 || rgb[i] > 1)
                break
        if (i > 3)
            most += step
    }
    # A soft minimum of the share and the cap, so that the path has no corner.
    most *= share
    most = most * cap / sqrt(sqrt(cube(most) * most + cube(cap) * cap))
    lab[1] = L
    lab[2] = most * cos(h * pi / 180)
    lab[3] = most * sin(h * pi / 180)
}

function put(position, r, g, b) {
    printf "%.6f\t%.4f\t%.4f\t%.4f\n", position, r, g, b
}

function oklab(    n, i, k, t, last, along, d) {
    n = 2048
    for (i = 0; i <= n; i++) {
        path(i / n)
        d = 0
        for (k = 1; k <= 3; k++) {
            d += i ? (lab[k] - last[k]) * (lab[k] - last[k]) : 0
            last[k] = lab[k]
        }
        along[i] = (i ? along[i - 1] : 0) + sqrt(d)
    }
    i = 0
    for (k = 0; k < stops; k++) {
        t = along[n] * k / (stops - 1)
        while (i < n - 1 && along[i + 1] < t)
            i++
        path((i + (t - along[i]) / (along[i + 1] - along[i])) / n)
        linear(lab[1], lab[2], lab[3])
        put(k / (stops - 1), gamma(rgb[1]), gamma(rgb[2]), gamma(rgb[3]))
    }
}

function helix(    k, v, phi, amp, pi) {
    pi = atan2(0, -1)
    for (k = 0; k < stops; k++) {
        v = 0.1 + 0.7 * k / (stops - 1)
        phi = 2 * pi * (0.5 / 3 + 1 - 1.5 * v)
        amp = v * (1 - v) / 2
        put(k / (stops - 1), v + amp * (-0.14861 * cos(phi) + 1.78277 * sin(phi)), \
            v + amp * (-0.29227 * cos(phi) - 0.90649 * sin(phi)), v + amp * 1.97294 * cos(phi))
    }
}

BEGIN {
    stops = 33
    print "##palette=" name
    print "#position\tred\tgreen\tblue"
    if (name == "helix")
        helix()
    else
        oklab()
}
