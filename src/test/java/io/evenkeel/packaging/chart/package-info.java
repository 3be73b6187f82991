/** The Helm chart, held to Helm's lint, to the API of Kubernetes and to rules of our own; mistakes planted to see each. */
@NullMarked
package io.evenkeel.packaging.chart;

import org.jspecify.annotations.NullMarked;
