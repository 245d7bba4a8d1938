"""Hands that have only a keyboard: they reach a control by Tab, see that it has the focus, and press a key."""

FOCUS = """(one) => {
    const here = document.activeElement;
    if (!one.isConnected) return "gone";
    const group = (a, b) => a.type === "radio" && b.type === "radio" && a.name === b.name && a.form === b.form;
    if (here === one || group(here, one)) return "here";
    if (!here || here === document.body) return one.closest("main") ? "outside" : "ahead";
    return here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING ? "behind" : "ahead";
}"""

SEEN = """(one) => {
    const shown = [one, ...(one.labels ?? []), one.closest("label, .choice, .file-input")].filter(Boolean);
    const ring = (at) => {
        const style = getComputedStyle(at);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    if (!shown.some(ring)) return "shows no sign of having the focus";
    const points = (at) => [...at.getClientRects()].flatMap((box) => [0.5, 0.1, 0.9].map(
        (part) => document.elementFromPoint(box.left + box.width * part, box.top + box.height * 0.5)));
    const free = (at) => points(at).some((top) => top && (at.contains(top) || top.contains(at) && top !== document.body
        && top !== document.documentElement));
    return shown.some(free) ? "" : "has the focus behind something else, or outside the window";
}"""

LOST = "() => document.activeElement === document.body ? window.hadFocus || '' : ''"


def unless_it_leaves(page, look):
    """What `look` finds; looked for again on the next page when the browser left this one in between."""
    from playwright.sync_api import Error

    for _time in range(3):
        try:
            return look()
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            page.wait_for_load_state()
    return look()


class Keyboard:
    """The keyboard of one page. `troubles` gathers where the focus was lost or could not be seen."""

    def __init__(self, page, troubles):
        self.page = page
        self.troubles = troubles

    def reach(self, control, *, most=200):
        """Tab until the control has the focus, over the skip link when it is in the main part."""
        return unless_it_leaves(self.page, lambda: self._reach(control, most))

    def _reach(self, control, most):
        # The handle spares looking the name up again at each press.
        one = control.element_handle()
        self.page.wait_for_load_state()
        if one.evaluate(FOCUS) != "here" and (lost := self._lost()):
            self.troubles.append(f"focus was lost on {self.page.url} after “{lost}”")
        for _press in range(most):
            where = one.evaluate(FOCUS)
            if where == "here":
                return self._look(control)
            if where == "gone":  # The page has drawn itself anew meanwhile.
                one = control.element_handle()
                continue
            self.page.keyboard.press("Shift+Tab" if where == "behind" else "Tab")
            if where == "outside" and self.page.evaluate("() => document.activeElement.matches('.skip-link')"):
                self.page.keyboard.press("Enter")
                self._skip()
        raise AssertionError(f"{control} cannot be reached with {most} presses of Tab on {self.page.url}.")

    def activate(self, control, key="Enter"):
        """Reach it and press a key on it."""
        self.reach(control)
        self.reach(control)  # A page that was still coming in may have taken the focus back.
        self._remember(control)
        self.page.keyboard.press(key)

    def write(self, field, words):
        """Replace what stands in a field."""
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(words)

    def pick(self, listed, label):
        """Go down a list until the option with this label is chosen."""
        self.reach(listed)
        labels = listed.evaluate("list => [...list.options].map((option) => option.label.trim())")
        here = listed.evaluate("list => list.selectedIndex")
        there = next(index for index, words in enumerate(labels) if label in words)
        for _step in range(abs(there - here)):
            self.page.keyboard.press("ArrowDown" if there > here else "ArrowUp")

    def tick(self, field):
        """Tick a box, or go through the dots until this one is chosen."""
        self.reach(field)
        for _step in range(12):
            if field.is_checked():
                return
            self.reach(field)
            alone = field.evaluate("one => one === document.activeElement")
            self.page.keyboard.press("Space" if alone else "ArrowDown")
        raise AssertionError(f"{field} cannot be chosen by keyboard.")

    def _lost(self):
        """What had the focus that nothing has now; a page that is drawn anew gives it back a moment later, or never."""
        for _moment in range(40):
            if not (lost := self.page.evaluate(LOST)):
                break
            self.page.wait_for_timeout(25)
        self.page.evaluate("() => { window.hadFocus = ''; }")
        return lost

    def _skip(self):
        # The browser follows the link a moment later, and would take the focus away from where Tab leads meanwhile.
        for _moment in range(50):
            if self.page.evaluate("() => document.activeElement.id === 'main'"):
                return
            self.page.wait_for_timeout(10)

    def _look(self, control):
        # Of dots that belong together another one may have the focus.
        if blind := self.page.evaluate(f"() => ({SEEN})(document.activeElement)"):
            self.troubles.append(f"{control} {blind} on {self.page.url}")

    def _remember(self, control):
        name = control.evaluate("one => one.innerText || one.getAttribute('aria-label') || one.tagName")
        self.page.evaluate("name => { window.hadFocus = name; }", name)
