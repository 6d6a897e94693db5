<?php
// What WordPress keeps of an author's post: `wp_kses_post` of the WordPress in the folder that is named, over the standard input.
define( 'ABSPATH', rtrim( $argv[1], '/' ) . '/' );
define( 'WPINC', 'wp-includes' );
foreach ( array( 'plugin', 'load', 'functions', 'formatting', 'kses' ) as $file ) {
	require ABSPATH . WPINC . "/$file.php";
}
echo wp_kses_post( stream_get_contents( STDIN ) );
