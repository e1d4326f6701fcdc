// The server's own HTTP API.

/// Path that all links start with: empty, or such as `/prometheus`.
export const base = document.documentElement.dataset.base;

const LONGEST_GET = 2000;

/// The server understood, and said no; or it could not be reached (`type` is then `connection`).
export class ApiError extends Error {
  constructor(type, message) {
    super(message);
    this.type = type;
  }
}

/// Asks `/api/v1/<path>` and returns its `{data, warnings, infos}`. Long parameters travel in a body.
export async function api(path, params = {}, signal = undefined) {
  const form = new URLSearchParams(params);
  const url = `${base}/api/v1/${path}`;
  const long = form.toString().length > LONGEST_GET;
  return ask(long || !form.size ? url : `${url}?${form}`, { method: long ? 'POST' : 'GET', body: long ? form : undefined, signal });
}

/// Sends DELETE to `/api/v1/<path>`.
export const remove = (path) => ask(`${base}/api/v1/${path}`, { method: 'DELETE' });

async function ask(url, request) {
  let response;
  try {
    response = await fetch(url, { ...request, headers: { accept: 'application/json' } });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('connection', `The server cannot be reached (${error.message}).`);
  }
  return answer(response);
}

async function answer(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    const start = text.trim().slice(0, 200);
    throw new ApiError(`HTTP ${response.status}`, start || response.statusText || 'empty answer');
  }
  if (body.status !== 'success') throw new ApiError(body.errorType ?? 'error', body.error ?? 'unknown error');
  return body;
}
