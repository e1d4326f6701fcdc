/// What a series holds: floats, histograms, stale markers, exemplars, metadata.
@NullMarked
package io.narthex.model.sample;

import org.jspecify.annotations.NullMarked;
