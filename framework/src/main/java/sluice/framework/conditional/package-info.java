/**
 * Networks that compute per example what it needs: exits, at which an example stops whose answer is clear, so that the parts
 * above are not computed for it. Begin with {@link sluice.framework.conditional.ExitTrainer}.
 */
package sluice.framework.conditional;
