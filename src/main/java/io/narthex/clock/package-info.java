/// Time: the clock, timers, spans and Prometheus' duration notation. Nobody else asks the machine
/// for the time.
@NullMarked
package io.narthex.clock;

import org.jspecify.annotations.NullMarked;
