/// Targets in files (`file_sd_configs`): JSON or YAML lists of target groups, read when the
/// directory tells of a change and again every five minutes. A file that cannot be read keeps the
/// groups that it told last.
@NullMarked
package io.narthex.discovery.file;

import org.jspecify.annotations.NullMarked;
