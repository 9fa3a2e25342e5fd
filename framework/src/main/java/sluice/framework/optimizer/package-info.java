/** How parameters move: optimisers, their settings, and how long a training is. */
package sluice.framework.optimizer;
