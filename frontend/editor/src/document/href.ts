// Addresses that are safe to follow: the rule of `content::document::Href`, byte for byte.
import { limits, schemes } from './rules';

/** Whether the server would take the address as it is. */
export function isSafe(href: string): boolean {
  if (href === '' || new TextEncoder().encode(href).length > limits.href || /[\p{Cc}\p{White_Space}]/u.test(href)) return false;
  const lower = href.toLowerCase();
  const within = href.startsWith('#') || (href.startsWith('/') && !/^\/[/\\]/.test(href));
  return within || schemes.some((scheme) => lower.startsWith(scheme));
}

/** The address that a person meant, or null: `www.` gets a scheme, an address of mail its own. */
export function understood(text: string): string | null {
  const trimmed = text.trim();
  const guesses = [trimmed];
  if (/^[\w-]+(\.[\w-]+)+([/?#:]\S*)?$/.test(trimmed)) guesses.push(`https://${trimmed}`);
  if (/^[^\s@:/]+@[\w-]+(\.[\w-]+)+$/.test(trimmed)) guesses.unshift(`mailto:${trimmed}`);
  return guesses.find(isSafe) ?? null;
}
