/// Targets that an HTTP server lists (`http_sd_configs`): a JSON list of target groups, asked for
/// once a minute. As long as the server fails, what it told last holds.
@NullMarked
package io.narthex.discovery.http;

import org.jspecify.annotations.NullMarked;
