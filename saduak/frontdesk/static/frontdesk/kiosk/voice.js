// Reads the screen aloud to whoever asks for it, with the voices that the device has.

let on = false;

export function isOn() {
  return on;
}

export function canSpeak() {
  return "speechSynthesis" in window;
}

export function turn(wanted) {
  on = wanted && canSpeak();
  if (!on) hush();
}

export function hush() {
  if (canSpeak()) speechSynthesis.cancel();
}

// Sentences one after the other; what was being said before stops.
export function speak(sentences, language) {
  if (!on) return;
  hush();
  for (const sentence of sentences.filter(Boolean)) {
    const said = new SpeechSynthesisUtterance(sentence);
    said.lang = language;
    said.rate = 0.9;
    speechSynthesis.speak(said);
  }
}
