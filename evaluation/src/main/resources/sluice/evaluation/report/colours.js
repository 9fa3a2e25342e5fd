// Colours that colour-blind readers tell apart (after Okabe and Ito), for light pages, dark pages and paper.

const darkMedia = window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;

const lightTheme = {
  series: ["#0072b2", "#d55e00", "#007a5a", "#b0508a", "#8a6500", "#2e8fc4", "#5b4ea0", "#7a4a2b", "#4d5965", "#a3283f"],
  ink: "#16202b", quiet: "#55616f", line: "#d9dee5", card: "#ffffff",
  ramp: ["#f3f7fb", "#cfe1f2", "#93c0e0", "#4a93c7", "#1763a5", "#083a70"],
  diverging: ["#0b62a8", "#f4f6f8", "#b8430a"],
  fresh: "#d55e00", reused: "#0072b2", taken: "#c3ccd6", free: "#f0f3f6",
};
const darkTheme = {
  series: ["#6cb8ff", "#ff9a57", "#3fd0a2", "#eb9ccb", "#e8c04a", "#9fd3ff", "#b7a9ff", "#d9a981", "#b9c4cf", "#ff8d9c"],
  ink: "#e8edf2", quiet: "#a7b3c0", line: "#2d3844", card: "#182029",
  ramp: ["#1c2733", "#20405f", "#225e92", "#3482c0", "#65aee6", "#b5dcff"],
  diverging: ["#6cb8ff", "#26313d", "#ff9a57"],
  fresh: "#ff9a57", reused: "#6cb8ff", taken: "#4a5866", free: "#202a34",
};
const theme = () => (darkMedia.matches && !printing ? darkTheme : lightTheme);

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** The colour at a share in [0, 1] of a ramp of colours. */
const shade = (ramp, share) => {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const below = Math.min(ramp.length - 2, Math.floor(place));
  const [low, high] = [channels(ramp[below]), channels(ramp[below + 1])];
  return "#" + low.map((value, index) => Math.round(value + (high[index] - value) * (place - below)).toString(16).padStart(2, "0")).join("");
};

/** Black or white, whichever is read more easily on the colour. */
const inkOn = (hex) => {
  const linear = channels(hex).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return luminance > 0.179 ? "#10161d" : "#ffffff";
};

const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow"];
