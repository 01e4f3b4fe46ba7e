import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Shared build machines are slow.
configure({ asyncUtilTimeout: 5000 });
afterEach(cleanup);

// jsdom has no layout: what Ant Design asks of the browser and jsdom lacks.
if (typeof window !== 'undefined') {
  window.matchMedia ??= vi.fn().mockImplementation((query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }));
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.scrollTo = () => undefined;
  const computed = window.getComputedStyle.bind(window);
  window.getComputedStyle = (element: Element) => computed(element);
}
