import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** How a person works the page. Everything is found by its accessible name, as a screen reader would say it. */
export type Hands = {
  /** Digit by digit: then a code goes on by itself, where scripts run. */
  typesDigits: boolean;
  fill(label: string, text: string): Promise<void>;
  press(role: 'button' | 'link', name: string): Promise<void>;
  tick(role: 'checkbox' | 'radio', name: string): Promise<void>;
};

export function withMouse(page: Page): Hands {
  return {
    typesDigits: false,
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    press: (role, name) => settled(page, () => page.getByRole(role, { name, exact: true }).click()),
    tick: (role, name) => page.getByRole(role, { name, exact: true }).check(),
  };
}

/** Tab, Enter and Space alone. */
export function withKeyboard(page: Page): Hands {
  return {
    typesDigits: true,
    fill: async (label, text) => {
      await tabTo(page, page.getByLabel(label, { exact: true }));
      await page.keyboard.press('Control+A');
      await settled(page, () => page.keyboard.type(text));
    },
    press: async (role, name) => {
      await tabTo(page, page.getByRole(role, { name, exact: true }));
      await settled(page, () => page.keyboard.press('Enter'));
    },
    tick: async (role, name) => {
      const box = page.getByRole(role, { name, exact: true });
      if (role === 'radio') return choose(page, box);
      await tabTo(page, box);
      if (!(await box.isChecked())) await page.keyboard.press('Space');
    },
  };
}

/** Tab stops at a group of choices once; the arrows go through it. */
async function choose(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, page.getByRole('radio', { checked: true }));
  for (let presses = 0; presses < 10; presses += 1) {
    if (await wanted.isChecked()) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`The arrows never reach ${String(wanted)}`);
}

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${String(wanted)}`);
}

/** A press may lead to another page: the next step waits until that one is there. */
async function settled(page: Page, act: () => Promise<void>): Promise<void> {
  await act();
  await page.waitForLoadState('domcontentloaded');
}
