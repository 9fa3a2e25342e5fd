/**
 * The command line: {@code sluice run}, {@code sluice report}, {@code sluice bench} and others. Console, files and exit codes come in
 * here and no deeper.
 */
package sluice.framework.cli;
