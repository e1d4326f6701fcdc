// Prometheus durations and times, as text.

const UNITS = [['y', 31536e6], ['w', 6048e5], ['d', 864e5], ['h', 36e5], ['m', 6e4], ['s', 1e3], ['ms', 1]];
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/// Milliseconds of `1h30m`, or null if it is no duration or an empty one. A bare number is seconds.
export function parseDuration(text) {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * 1000) || null;
  const parts = DURATION.exec(trimmed);
  if (!parts) return null;
  return UNITS.reduce((sum, [, ms], i) => sum + Number(parts[i + 1] ?? 0) * ms, 0) || null;
}

/// `1h30m`: years, weeks and days only where they divide evenly.
export function formatDuration(ms) {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const [unit, size] of UNITS) {
    if (size >= 864e5 && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) text += count + unit;
    rest -= count * size;
  }
  return text;
}

const two = (n) => String(n).padStart(2, '0');

/// `2026-01-31 08:15:00` in UTC or in the browser's zone.
export function formatTime(ms, local = false) {
  const date = new Date(local ? ms - new Date(ms).getTimezoneOffset() * 6e4 : ms);
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

const TIME = /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d?)(?::(\d\d?)(?:\.\d+)?)?)?(Z)?$/;

/// Milliseconds of what `formatTime` writes (a Unix time in seconds will do as well), or null.
export function parseTime(text, local = false) {
  const trimmed = text.trim();
  if (/^\d{9,11}(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * 1000);
  const parts = TIME.exec(trimmed);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const ms = local && !parts[7]
    ? new Date(year, month - 1, day, hour, minute, second).getTime()
    : Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(ms) ? null : ms;
}

/// `08:15:00.250`: the time of day with milliseconds if it has any.
export function formatClock(ms, local) {
  const rest = ms % 1000;
  return formatTime(ms, local).slice(11) + (rest ? `.${String(rest).padStart(3, '0')}` : '');
}

/// Spans as people read them: `4ms`, `3.2s`, `5m 12s`.
export function humanSpan(ms) {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 6e4) return `${Number((ms / 1000).toFixed(1))}s`;
  if (ms < 36e5) return `${Math.floor(ms / 6e4)}m ${Math.floor((ms % 6e4) / 1000)}s`;
  return `${Math.floor(ms / 36e5)}h ${two(Math.floor((ms % 36e5) / 6e4))}m`;
}
