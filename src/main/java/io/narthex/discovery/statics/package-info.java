/// Targets that the configuration file names itself (`static_configs`). Told once, at the start.
@NullMarked
package io.narthex.discovery.statics;

import org.jspecify.annotations.NullMarked;
