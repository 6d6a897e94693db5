<?php
// Prints what WordPress keeps of an author's post: filters standard input with `wp_kses_post` of the WordPress in the given folder.
define( 'ABSPATH', rtrim( $argv[1], '/' ) . '/' );
define( 'WPINC', 'wp-includes' );
foreach ( array( 'plugin', 'load', 'functions', 'formatting', 'kses' ) as $file ) {
	require ABSPATH . WPINC . "/$file.php";
}
echo wp_kses_post( stream_get_contents( STDIN ) );
