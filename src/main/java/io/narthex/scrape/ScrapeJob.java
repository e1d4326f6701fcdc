package io.narthex.scrape;

import io.narthex.io.http.FetcherSource;

/// A job: how its targets are scraped, and over which kind of connections.
public record ScrapeJob(ScrapeConfig config, FetcherSource http) {}
