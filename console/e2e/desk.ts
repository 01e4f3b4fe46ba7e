// How a person uses the desk's controls, found by their labels.
import type { Locator, Page } from '@playwright/test';

/** Chooses in a select or a picker that searches. */
export async function pick(within: Page | Locator, label: string, text: string): Promise<void> {
  const page = 'page' in within ? within.page() : within;
  const box = within.getByRole('combobox', { name: label, exact: true });
  await box.click();
  if (await box.isEditable()) await box.fill(text);
  // The options a screen reader hears are not the ones the mouse reaches; both are in the dropdown of this box.
  const dropdown = page.locator('.ant-select-dropdown').filter({ has: page.locator(`[id="${await box.getAttribute('aria-controls')}"]`) });
  await dropdown.locator('.ant-select-item-option').filter({ hasText: text }).first().click();
}

/** The newest of the open drawers and dialogs. */
export const form = (page: Page): Locator => page.getByRole('dialog').last();
