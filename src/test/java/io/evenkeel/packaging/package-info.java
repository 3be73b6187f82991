/** What Evenkeel is installed and watched with: the image, the systemd units, the dashboard, the alerts. */
@NullMarked
package io.evenkeel.packaging;

import org.jspecify.annotations.NullMarked;
