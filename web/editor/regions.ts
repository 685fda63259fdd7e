/** The parts of the editor that F6 goes through, and what takes the focus in each. */
const regions = [
  'aside[aria-label="Blocks"]',
  '.react-flow',
  'aside[aria-label^="Settings of"], aside[aria-label="Selection"]',
];

/** Gives the keyboard to the next part of the editor that is open. */
export function focusNextRegion(): void {
  const present = regions.map((one) => document.querySelector(one)).filter((part) => part !== null);
  const at = present.findIndex((part) => part.contains(document.activeElement));
  focusIn(present[(at + 1) % present.length]);
}

/** Gives the keyboard to the settings of what is selected. */
export function focusSettings(): void {
  focusIn(document.querySelector(regions[2] ?? ''));
}

function focusIn(part: Element | null | undefined): void {
  const wanted =
    part?.querySelector<HTMLElement>('.react-flow__node.selected') ??
    part?.querySelector<HTMLElement>('[data-setting] :is(input, textarea, button):not([type="hidden"])') ??
    part?.querySelector<HTMLElement>('.react-flow__node, input, textarea, button');
  wanted?.focus();
}
