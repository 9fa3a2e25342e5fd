/**
 * The command line: {@code sluice run}, {@code sluice list}, {@code sluice bench}. Console, files and exit codes come in
 * here and no deeper.
 */
package sluice.framework.cli;
