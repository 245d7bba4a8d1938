// Nobody there any more? The screen asks, counts down, and starts again for the next visitor.

const ASK_AFTER = 45_000;
const THEN_WAIT = 20; // Seconds; WCAG 2.2.1 asks for as many.

export function createPatience({ ask, count, leave }) {
  let timer = 0;
  let left = 0;

  function quiet() {
    clearTimeout(timer);
    clearInterval(timer);
  }

  function begin() {
    left = THEN_WAIT;
    ask(left);
    timer = setInterval(() => {
      left -= 1;
      if (left > 0) return count(left);
      quiet();
      return leave();
    }, 1000);
  }

  return {
    // Somebody is there. `after` milliseconds without a touch, the screen asks.
    touched(after = ASK_AFTER) {
      quiet();
      timer = setTimeout(begin, after);
    },
    rest: quiet,
  };
}
