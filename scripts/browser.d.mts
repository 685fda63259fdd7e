import type { Browser, LaunchOptions } from 'playwright-core';

/** Starts the browser that was found; the options go to Playwright. */
export function launchBrowser(options?: LaunchOptions): Promise<Browser>;

export function findBrowser(): Promise<{ executablePath: string; env: Record<string, string>; name: string }>;
